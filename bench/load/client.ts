import { connectUnity } from "../../server/remote/connect";

/** The typed client, as somebody who is signed in. */
export const connectClient = ({ url, cookie }: { url: string; cookie: string }) => connectUnity(url, { cookie });
export type { Api } from "../../server/remote/connect";
