import { createServer } from "node:net";
import { Stop } from "../tasks/progress.mjs";

/**
 * @param command what one types to start Unity
 * @throws Stop when another program has the port. Wrong values are left to the server, which names them.
 */
export async function requireFreePort(env, command = "npm start") {
  const port = Number(env.PORT || 3000);
  const host = env.HOST || "127.0.0.1";
  const code = await tryListening(port, host);
  if (code === "EADDRINUSE")
    throw new Stop(
      `Port ${port} of ${host} is in use, perhaps by a Unity that runs already. To use another: PORT=${port + 1} ${command}`,
    );
  if (code === "EACCES")
    throw new Stop(`Port ${port} may not be used without more rights. To use another: PORT=3000 ${command}`);
}

function tryListening(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", ({ code }) => resolve(code));
    try {
      server.listen(port, host, () => server.close(() => resolve(undefined)));
    } catch {
      resolve("INVALID"); // not a port number
    }
  });
}
