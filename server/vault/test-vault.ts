import { readKey } from "./key";
import { createSecretReader, type Secrets } from "./secret-reader";
import { createVault } from "./vault";

/** Always the same key, so that what one test process wrote another one reads. */
const KEY = readKey(Buffer.alloc(32, 7).toString("base64"), "the test");
const vault = createVault([KEY], KEY.id);

export const testSecrets: Secrets = {
  ...vault,
  ...createSecretReader({ vault, env: process.env, folder: "/run/secrets", keyFiles: [] }),
};
