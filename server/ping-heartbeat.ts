import { CollectError } from "../plugins/sdk/errors";
import type { ChannelDoors } from "./alerts/channels/channel";

/** Of a refused address: without the address itself, which is as good as a password. */
const REFUSED = "its address is not connected to; whoever runs Unity can allow one with UNITY_ALLOW_ADDRESSES";

/** Tells whoever waits for the heartbeat that all works. @throws CollectError when it cannot be reached */
export async function pingHeartbeat(url: string, doors: Pick<ChannelDoors, "fetch">) {
  try {
    const { status } = await doors.fetch(url, { method: "GET" });
    return { ok: status >= 200 && status < 300, answer: String(status) };
  } catch (error) {
    if (error instanceof CollectError && error.reason === "permission") return { ok: false, answer: REFUSED };
    throw error;
  }
}
