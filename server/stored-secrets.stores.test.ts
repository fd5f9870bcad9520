import { describeOnServers } from "./db/test-on-servers";
import { describeStoredSecrets } from "./test-stored-secrets";

describeOnServers(describeStoredSecrets);
