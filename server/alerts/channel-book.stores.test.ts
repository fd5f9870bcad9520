import { describeOnServers } from "../db/test-on-servers";
import { describeChannelBook } from "./test-channel-book";

describeOnServers(describeChannelBook);
