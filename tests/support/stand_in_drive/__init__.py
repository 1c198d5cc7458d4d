"""A stand-in for Google Drive (REST v3) and for Google's OAuth endpoints, on a real socket.

In a test's own process, and for a system in other processes:

    with StandInDrive() as drive:
        folder_id = drive.files.add_folder("Resumes")
        drive.files.add_file("cv.pdf", content, folder_id)
        grant = drive.accounts.grant()

    with drive_process() as drive:    # python -m support.stand_in_drive --port 0; the same for its users

It keeps what is in the drives (`files`), who may see it (`accounts`), what goes wrong (`faults`), what was
asked (`records`), and how it behaves otherwise (`settings`).
"""

from support.stand_in_drive.process import drive_process
from support.stand_in_drive.remote import RemoteDrive
from support.stand_in_drive.server import StandInDrive

__all__ = ["RemoteDrive", "StandInDrive", "drive_process"]
