/** `npm start`: from a fresh clone to a running Unity. Needs nothing installed but Node. */
import "./require-node.mjs";

// Only now: what follows uses what older Nodes lack.
import("./start/start-unity.mjs").then(({ startUnity }) => startUnity());
