"""Every data set that anybody may take away."""

from portal.open_data.library import LIBRARY
from portal.open_data.network import NETWORK

DATA_SETS = (*NETWORK, *LIBRARY)
