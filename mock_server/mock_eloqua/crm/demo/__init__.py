"""The seed `demo`: a company that sells measuring instruments, its customers, and a year of what they did.

Everybody is invented and lives at a domain that can never exist (RFC 2606). The same words come out every time;
only the times move along, so that the year always ends on the day on which the seed is made.
"""
