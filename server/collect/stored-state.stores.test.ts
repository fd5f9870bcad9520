import { describeOnServers } from "../db/test-on-servers";
import { describeStoredState } from "./test-stored-state";

describeOnServers(describeStoredState);
