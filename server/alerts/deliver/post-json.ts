import type { HttpAnswer } from "../../../plugins/sdk/context";
import type { ChannelDoors, ChannelRequest } from "../channels/channel";

/** Posts JSON to an address. @throws CollectError; a status is no error */
export const postJson = (
  doors: Pick<ChannelDoors, "fetch">,
  url: string,
  { json, headers, ...rest }: Omit<ChannelRequest, "body"> & { json: unknown },
): Promise<HttpAnswer> =>
  doors.fetch(url, {
    method: "POST",
    ...rest,
    headers: { accept: "application/json", "content-type": "application/json", ...headers },
    body: JSON.stringify(json),
  });
