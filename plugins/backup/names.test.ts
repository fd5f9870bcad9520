import { expect, test } from "vitest";
import { nameJob, placeJob } from "./names";

const bare = { command: [], url: "http://localhost:8200", job: undefined, path: undefined };

test.each([
  ["/srv/backup/nas", "nas", "/srv/backup/nas"],
  ["/srv/backup/nas/", "nas", "/srv/backup/nas/"],
  ["sftp:unity@nas:/backup", "backup", "sftp:unity@nas:/backup"],
  ["s3:https://s3.lab/bucket", "bucket", "s3:https://s3.lab/bucket"],
  ["ssh://unity@nas:22/./borg", "borg", "ssh://nas:22/./borg"],
  ["rest:https://unity@nas.lab:8000/me/", "me", "rest:https://nas.lab:8000/me/"],
  ["rest:http://nas.lab:8000/", "nas.lab", "rest:http://nas.lab:8000/"],
  [undefined, "restic", ""],
])("%s is %s at %s", (repository, name, place) => {
  expect(nameJob({ ...bare, type: "restic", repository })).toBe(name);
  expect(placeJob({ ...bare, type: "restic", repository })).toBe(place);
});

test("the settings' own name comes first", () => {
  expect(nameJob({ ...bare, type: "directory", repository: undefined, path: "/srv/dumps", job: "Databases" })).toBe(
    "Databases",
  );
});
