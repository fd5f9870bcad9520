/** What is used of the library, which has no types of its own. Its answers are parsed with zod. */
declare module "gamedig" {
  /** Of a socket, what is listened to here. */
  interface Closing {
    once(event: "close", listener: () => void): unknown;
  }
  /** One query by one protocol. */
  export class Core {
    options: Record<string, unknown>;
    udpSocket: unknown;
    dnsResolver: {
      resolve(host: string, family: number, srvPrefix?: string): Promise<{ address: string; port?: number }>;
    };
    registerRtt(milliseconds: number): void;
    runOnceSafe(): Promise<unknown>;
    tcpSend(socket: Closing, buffer: unknown, onData: (received: Uint8Array) => unknown): Promise<unknown>;
    udpSend(buffer: unknown, onPacket?: (packet: Uint8Array) => unknown, onTimeout?: () => unknown): Promise<unknown>;
    request(params: unknown): Promise<unknown>;
  }
  export const protocols: Readonly<Record<string, new () => Core>>;
  export const games: Readonly<
    Record<string, { readonly name: string; readonly options: Readonly<Record<string, unknown>> }>
  >;
  export const GameDig: {
    getInstance(): { readonly queryRunner: { readonly udpSocket: unknown } };
  };
}
