"""The small languages that callers write, their grammars, and one compiler to SQL expressions.

`search` is REST's parameter, `query` that of SOAP, `filter` the Bulk expression language, `statement`
the Bulk markup, `listing` what Bulk lists take in `q` and `orderBy`. `operands` is what the compiler has
to be told about the names, `errors` what it may answer.
"""
