import http from "node:http";

interface Backend {
  readonly port: number;
  close(): Promise<void>;
}

/** For tests only: what stands behind a proxy. /teapot and /broken answer badly; after /break everything does. */
export async function startBackend(): Promise<Backend> {
  let broken = false;
  const server = http.createServer(({ url }, response) => {
    if (url === "/break") broken = true;
    const status = broken || url === "/broken" ? 500 : url === "/teapot" ? 418 : 200;
    response.writeHead(status).end("hello");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
