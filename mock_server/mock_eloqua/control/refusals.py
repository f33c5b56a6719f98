"""What is refused with a line that tells the caller how to mend it."""

from __future__ import annotations

from mock_eloqua.access.clients import BadClient
from mock_eloqua.access.profiles import BadProfile
from mock_eloqua.access.rights import BadRight
from mock_eloqua.access.thresholds import BadThreshold
from mock_eloqua.clock import BadTime
from mock_eloqua.crm.seeds import BadSeed
from mock_eloqua.pods import BadPod
from mock_eloqua.releases import BadRelease
from mock_eloqua.settings import BadSetting
from mock_eloqua.snapshots import BadSnapshot
from mock_eloqua.store import StoreError
from mock_eloqua.trouble import BadFault

REFUSALS = (
    BadClient,
    BadRight,
    BadSeed,
    BadTime,
    BadThreshold,
    BadSetting,
    BadRelease,
    BadProfile,
    BadSnapshot,
    BadFault,
    BadPod,
    StoreError,
)
