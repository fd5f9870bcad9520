import { expect, test } from "vitest";
import { channelWords, tellWords } from "./tell-words";

const nameOf = (id: string) => ({ p: "Phone", m: "Mail" })[id] ?? "a channel that is not there";

test("own channels and labels are told in words, and nothing where there are none", () => {
  expect(tellWords({ channels: [], labels: {} }, nameOf)).toBe("");
  expect(tellWords({ channels: ["p"], labels: {} }, nameOf)).toBe("Tells Phone in any case.");
  expect(tellWords({ channels: ["p", "m", "gone"], labels: { team: "infra", noisy: "" } }, nameOf)).toBe(
    'Tells Phone, Mail and a channel that is not there in any case. Labels: team infra, noisy "".',
  );
});

test("without own channels the routes decide", () => {
  expect(channelWords([], nameOf)).toBe("by the routes");
  expect(channelWords(["m", "p"], nameOf)).toBe("Mail and Phone");
});
