"""What is deleted when its time has come: holds, two people who decide, the certificate, and what apps are told."""
