"""News wire formats of the IPTC: ninjs, NITF, NewsML-G2."""
