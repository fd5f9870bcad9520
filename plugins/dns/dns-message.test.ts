import * as packet from "dns-packet";
import { expect, test } from "vitest";
import { decodeAnswer, encodeQuestion } from "./dns-message";

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, "hex"));
/** What dnsmasq 2.90 answered: nas.lab.test is 127.0.0.9. */
const ANSWER =
  "2f0285800001000100000001036e6173036c616204746573740000010001c00c000100010000000000047f00000900002904d0000000000000";

test("asks with recursion desired and room for 1232 bytes", () => {
  const sent = packet.decode(Buffer.from(encodeQuestion(packet, 7, { name: "nas.lab.test.", type: "A", class: "IN" })));
  expect(sent).toMatchObject({ id: 7, type: "query", flag_rd: true, questions: [{ name: "nas.lab.test", type: "A" }] });
  expect(sent.additionals).toMatchObject([{ type: "OPT", udpPayloadSize: 1_232 }]);
});

test("reads an answer", () => {
  expect(decodeAnswer(packet, bytes(ANSWER), 0x2f02, "ns")).toEqual({
    rcode: "NOERROR",
    truncated: false,
    answers: ["127.0.0.9"],
  });
});

test.each([
  ["the answer to another question", ANSWER, 1],
  ["a question", `2f020100${ANSWER.slice(8)}`, 0x2f02],
  ["nothing", "", 0x2f02],
  ["half an answer", ANSWER.slice(0, 40), 0x2f02],
  ["a name that points at itself", "2f02858000010000000000 00c00c00010001".replace(" ", ""), 0x2f02],
  ["a web page", Buffer.from("<!doctype html><html></html>").toString("hex"), 0x2f02],
])("takes %s for no answer", (_, hex, id) => {
  expect(() => decodeAnswer(packet, bytes(hex), id, "ns")).toThrow(
    expect.objectContaining({ name: "CollectError", reason: "protocol" }),
  );
});
