/** The oldest Node that Unity runs on. Written without newer syntax: an old Node must be able to read this file. */
var OLDEST = [20, 19];

var version = process.versions.node.split(".").map(Number);
if (version[0] < OLDEST[0] || (version[0] === OLDEST[0] && version[1] < OLDEST[1])) {
  console.error(
    "Unity needs Node " +
      OLDEST.join(".") +
      " or newer; this is " +
      process.versions.node +
      ". Install a newer Node, then try again.",
  );
  process.exit(1);
}
