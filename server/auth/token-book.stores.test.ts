import { describeOnServers } from "../db/test-on-servers";
import { describeTokenBook } from "./test-token-book";

describeOnServers(describeTokenBook);
