"""The PODs that contracts can be held against."""
