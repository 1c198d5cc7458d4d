"""The stand-in as a process of its own, until it is terminated. Prints its address when it listens."""

import argparse

from support.stand_in_drive.server import StandInDrive


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=0)
    drive = StandInDrive(parser.parse_args().port)
    drive.bind()
    print(drive.url, flush=True)
    drive.serve()


if __name__ == "__main__":
    main()
