"""The four services."""

from __future__ import annotations

from mock_eloqua.soap.contract import activities, assets, data_transfer, email, entities, external_action, quick_email
from mock_eloqua.soap.declaration import Service

SERVICE = Service(
    name="Eloqua",
    path="/API/1.2/Service.svc",
    port="EloquaService",
    port_type="EloquaService",
    operations=(
        *entities.OPERATIONS,
        *assets.OPERATIONS,
        *activities.OPERATIONS,
        *quick_email.OPERATIONS,
    ),
)
DATA_TRANSFER = Service(
    name="EloquaDataTransfer",
    path="/API/1.2/DataTransferService.svc",
    port="EloquaDataTransferService",
    port_type="DataTransferService",
    operations=data_transfer.OPERATIONS,
    is_mtom=True,
)
EMAIL = Service(
    name="EmailService",
    path="/API/1.2/EmailService.svc",
    port="EmailServiceEndpoint",
    port_type="EmailService",
    operations=email.OPERATIONS,
)
EXTERNAL_ACTION = Service(
    name="ExternalActionService",
    path="/API/1.2/ExternalActionService.svc",
    port="EmailServiceEndpoint",  # as EmailService [wsdl]
    port_type="ExternalActionService",
    operations=external_action.OPERATIONS,
    of_2012=external_action.OF_2012,
)

SERVICES = (SERVICE, DATA_TRANSFER, EMAIL, EXTERNAL_ACTION)
