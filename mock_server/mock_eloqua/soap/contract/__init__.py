"""What the four services declare: one module for each subject, put together in `services`.

Names, order and namespaces are those of the published descriptions [wsdl].
"""
