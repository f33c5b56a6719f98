"""SOAP 1.2, with zeep as the one that writes envelopes and reads them; see docs/client.md."""

from eloqua_client.soap.awaited import AsyncSoap
from eloqua_client.soap.records import Result
from eloqua_client.soap.waiting import Soap

__all__ = ["AsyncSoap", "Result", "Soap"]
