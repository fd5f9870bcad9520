import { expect, test } from "vitest";
import { hostOf } from "./repository-host";

test.each([
  ["rest:http://169.254.169.254:8000/", "169.254.169.254"],
  ["rest:https://user:pw@nas.lab/x", "nas.lab"],
  ["rest:http://good@[fe80::1]:8000/", "fe80::1"],
  ["s3:http://169.254.169.254/bucket", "169.254.169.254"],
  ["s3:s3.amazonaws.com/bucket", "s3.amazonaws.com"],
  ["s3:nas:9000/bucket", "nas"],
  ["sftp:user@nas:/srv/backup", "nas"],
  ["sftp://user@nas:2222//srv", "nas"],
  ["ssh://me@nas.lab:22/./repo", "nas.lab"],
  ["me@nas:repo", "nas"],
  ["nas:repo", "nas"],
  ["me@[fd00::1]:repo", "fd00::1"],
  ["/srv/backup", undefined],
  ["./nas:repo", undefined],
  ["b2:bucket:path", undefined],
  ["rclone:remote:path", undefined],
  ["", undefined],
])("%s is on %s", (repository, host) => {
  expect(hostOf(repository)).toBe(host);
});
