import { baseUrlOf, type Config } from "./config";

/** People copy the address of the web page; both APIs are beside it. */
export const piholeUrlOf = (settings: Config) => baseUrlOf(settings).replace(/\/admin(\/.*)?$/, "");
