import { expect, test } from "vitest";
import { type Kind, parseAddress } from "./address";

test.each<[text: string, kind: Kind, shown: string]>([
  ["https://nas.lab", "http", "https://nas.lab"],
  ["https://nas.lab/", "http", "https://nas.lab"],
  ["HTTP://NAS.lab:8080/a/b?token=secret#top", "http", "http://nas.lab:8080/a/b"],
  ["nas.lab", "http", "http://nas.lab"],
  ["nas.lab/status", "http", "http://nas.lab/status"],
  ["nas.lab:8080/status", "http", "http://nas.lab:8080/status"],
  ["2001:db8::1", "http", "http://[2001:db8::1]"],
  ["db.lab:5432", "tcp", "tcp://db.lab:5432"],
  [" tcp://db.lab:5432/ ", "tcp", "tcp://db.lab:5432"],
  ["[2001:db8::1]:22", "tcp", "tcp://[2001:db8::1]:22"],
  ["tcp://bücher.lab:80", "tcp", "tcp://xn--bcher-kva.lab:80"],
  ["ping://10.0.0.1", "ping", "ping://10.0.0.1"],
  ["icmp://router", "ping", "ping://router"],
  ["ping://2001:db8::1", "ping", "ping://[2001:db8::1]"],
  ["ping://[2001:db8::1]", "ping", "ping://[2001:db8::1]"],
])("%s is %s", (text, kind, shown) => {
  expect(parseAddress(text, "auto")).toMatchObject({ ok: true, target: { kind, shown } });
});

test.each<[text: string, kind: Kind | "auto", problem: RegExp]>([
  ["", "auto", /Write it as/],
  ["ftp://nas.lab", "auto", /cannot be probed/],
  ["tcp://db.lab", "auto", /needs a port/],
  ["tcp://db.lab:70000", "auto", /needs a port/],
  ["ping://10.0.0.1:80", "auto", /not to a port/],
  ["ping://-f", "auto", /no usable host/],
  ["-f", "ping", /no usable host/],
  ["ping://a b", "auto", /no usable host/],
  ["https://ada:pw@nas.lab", "auto", /their own fields/],
  ["ada:pw@nas.lab", "auto", /their own fields/],
  ["https://nas.lab", "tcp", /change the kind/],
  ["http://", "auto", /not an address/],
  ["db.lab", "tcp", /needs a port/],
])("%s as %s is refused", (text, kind, problem) => {
  const parsed = parseAddress(text, kind);
  expect(parsed.ok ? "accepted" : parsed.problem).toMatch(problem);
});

test("a chosen kind decides where the address does not", () => {
  expect(parseAddress("nas.lab:8080", "http")).toMatchObject({ ok: true, target: { url: "http://nas.lab:8080/" } });
  expect(parseAddress("10.0.0.1", "ping")).toMatchObject({ ok: true, target: { kind: "ping", host: "10.0.0.1" } });
  expect(parseAddress("fe80::1%eth0", "ping")).toMatchObject({ ok: true, target: { host: "fe80::1%eth0" } });
});
