/** `npm test`: installs what is missing and runs every check. Needs nothing installed but Node. */
import "./require-node.mjs";

// Only now: what follows uses what older Nodes lack.
import("./test/run-tests.mjs").then(({ runTests }) => runTests(process.argv.slice(2)));
