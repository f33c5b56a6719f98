"""The SOAP face: the four services of API 1.2.

One table yields WSDL, spyne models, the reader of requests and the writer of answers. An operation is declared in
`contract/` (all are), answered by a function of the module for its subject, and the two are brought together in
`handlers.py`.
"""
