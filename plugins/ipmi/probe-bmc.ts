import { type CollectContext, CollectError } from "../sdk";
import { type Config, placeOf, portOf } from "./config";

/** Get Channel Authentication Capabilities, within an IPMI 1.5 message without a session. IPMI 2.0, 13.13 and 22.13. */
const QUESTION = Uint8Array.from([
  0x06, 0x00, 0xff, 0x07, 0x00, 0, 0, 0, 0, 0, 0, 0, 0, 0x09, 0x20, 0x18, 0xc8, 0x81, 0x00, 0x38, 0x8e, 0x04, 0xb5,
]);
const CLASS_AT = 3;
const IPMI_CLASS = 0x07;
const COMMAND_AT = 19;
const COMMAND = 0x38;

const TIMEOUT_MS = 2_000;
/** A datagram may be lost. */
const TRIES = 2;

/**
 * Finds out whether a BMC is there, before anybody logs in: ipmitool has one sentence for a wrong password and for nobody at all.
 *
 * @throws CollectError `unreachable`, `timeout`, or `protocol` when something else answers
 */
export async function probeBmc(context: CollectContext<Config>): Promise<void> {
  const target = {
    host: context.config.host ?? "",
    port: portOf(context.config),
    payload: QUESTION,
    timeoutMs: TIMEOUT_MS,
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await context.datagram(target);
      if (answer[CLASS_AT] === IPMI_CLASS && answer[COMMAND_AT] === COMMAND) return;
      throw new CollectError("protocol", `${placeOf(context.config)} does not speak IPMI.`, {
        hint: "Check the port (623), and that IPMI over LAN is switched on in the BMC.",
      });
    } catch (error) {
      const mayBeLost = error instanceof CollectError && error.reason === "timeout" && !context.signal.aborted;
      if (!mayBeLost || attempt >= TRIES) throw error;
    }
  }
}
