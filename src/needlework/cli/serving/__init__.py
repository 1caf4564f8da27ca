"""How `needlework serve` runs: who may reach it, where it listens, its web server, and who watches over its parts."""
