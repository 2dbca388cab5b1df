"""Put the shop on AWS: `python publish_aws.py STACK`, in the folder that `build.py publish` made. Needs the AWS CLI.

The order matters: first the stack, then the files that pages need, then the pages, and only at the end away with what
is old; so a visitor in the midst of it never meets a page whose pictures are missing.
"""

from __future__ import annotations

import json
import subprocess
import sys

KEPT = ("assets/*", "drawings/*", "pictures/*", "share/*")
AVIF = ("--exclude", "*", "--include", "*.avif", "--content-type", "image/avif")  # a type that the CLI may not know


def aws(*arguments: str) -> str:
    """Run one AWS command; its own words go to the screen. Ends the program when it fails."""
    done = subprocess.run(["aws", *arguments], check=False, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    if done.returncode:
        sys.exit(done.returncode)
    return done.stdout


def outputs(stack: str) -> dict[str, str]:
    """The stack's outputs by name; none while it does not exist."""
    told = aws("cloudformation", "describe-stacks", "--stack-name", stack, "--output", "json")
    return {row["OutputKey"]: row["OutputValue"] for row in json.loads(told)["Stacks"][0]["Outputs"]}


def main(stack: str) -> None:
    """Update the stack with this folder's template and function, then bring the pages."""
    known = outputs(stack)
    # The function's zip travels through the pages' own bucket, out of reach of the distribution's addresses.
    aws("cloudformation", "package", "--template-file", "template.json", "--s3-bucket", known["Bucket"],
        "--s3-prefix", ".parts", "--output-template-file", "packaged.yaml")  # fmt: skip
    aws("cloudformation", "deploy", "--template-file", "packaged.yaml", "--stack-name", stack,
        "--capabilities", "CAPABILITY_IAM", "--no-fail-on-empty-changeset")  # fmt: skip
    bucket = f"s3://{known['Bucket']}"
    aws("s3", "sync", "site", bucket, *AVIF)
    aws("s3", "sync", "site", bucket, "--exclude", "*", *(part for kept in KEPT for part in ("--include", kept)))
    aws("s3", "sync", "site", bucket)
    aws("s3", "sync", "site", bucket, "--delete", "--exclude", ".parts/*")
    aws("cloudfront", "create-invalidation", "--distribution-id", known["DistributionId"], "--paths", "/*")


if __name__ == "__main__":
    main(sys.argv[1])
