"""HTTPS: a certificate authority of the user's own, and certificates for this machine and for the live host names."""
