"""The SOAP face: `Service.svc` of API 1.2. One table yields the WSDL, the spyne models and the writer of answers."""
