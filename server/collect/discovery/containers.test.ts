import { expect, test } from "vitest";
import type { HttpAnswer } from "../../../plugins/sdk/context";
import { readContainers } from "./containers";

const answer = (body: unknown): HttpAnswer => ({
  status: 200,
  headers: {},
  body: typeof body === "string" ? body : JSON.stringify(body),
  truncated: false,
  url: "",
  redirects: 0,
  remoteAddress: "",
  timings: { dns: 0, connect: 0, tls: 0, ttfb: 0, transfer: 0, total: 0 },
});
const read = (body: unknown) =>
  readContainers({
    fetch: async (_, options) => {
      if (options?.socketPath !== "/var/run/docker.sock") throw new Error("not there");
      return answer(body);
    },
  });

test.each([
  ["redis", "redis"],
  ["docker.io/library/redis:7-alpine", "redis"],
  ["redis@sha256:0123", "redis"],
  ["ghcr.io/linuxserver/jellyfin:10.9", "linuxserver/jellyfin"],
  ["localhost:5000/team/cache:1", "team/cache"],
])("the image %s is known as %s", async (Image, name) => {
  expect((await read([{ Names: ["/one"], Image, Ports: [] }]))[0]?.images).toEqual([name]);
});

test("ports that are published over TCP, titles of images, and labels that ask to be left out", async () => {
  const containers = await read([
    {
      Names: ["/media"],
      Image: "sha256:abc",
      Labels: { "org.opencontainers.image.title": "Jellyfin" },
      Ports: [
        { IP: "0.0.0.0", PrivatePort: 8_096, PublicPort: 80, Type: "tcp" },
        { IP: "::", PrivatePort: 7_359, PublicPort: 7_359, Type: "udp" },
        { PrivatePort: 8_920, Type: "tcp" },
      ],
    },
    { Names: ["/quiet"], Image: "redis", Labels: { "unity.ignore": "true" } },
  ]);
  expect(containers).toEqual([
    {
      name: "media",
      image: "sha256:abc",
      images: ["sha256", "jellyfin"],
      ports: [{ inside: 8_096, address: "0.0.0.0", port: 80 }],
    },
  ]);
});

test.each([["<html>"], [{ message: "no" }], [[{ Ports: "many" }]]])("%j is no list of containers", async (body) => {
  expect(await read(body)).toEqual([]);
});
