"""The public log: appends outcomes to a Merkle tree (C2SP tlog-tiles) and proves it."""
