import type { MongoClientOptions } from "mongodb";
import { isService } from "./address";
import type { Config } from "./config";

/** The server ends a command that takes longer. */
export const COMMAND_MS = 5_000;

/** Names of services mean TLS, unless they say otherwise. */
export const isSecured = (uri: string, tls: boolean) =>
  tls || (isService(uri) ? !/[?&](tls|ssl)=false\b/i.test(uri) : /[?&](tls|ssl)=true\b/i.test(uri));

/** The settings in the client library's words, for one server that is known. */
export function optionsOf(config: Config): MongoClientOptions {
  const { uri, tls, serverSelectionTimeoutMs: timeoutMs } = config;
  return {
    appName: "unity",
    // What it would learn of other members, it would connect to by itself.
    directConnection: true,
    readPreference: "primaryPreferred",
    serverSelectionTimeoutMS: timeoutMs,
    connectTimeoutMS: timeoutMs,
    socketTimeoutMS: COMMAND_MS + timeoutMs,
    // One run: one connection, beside the one that watches the server.
    maxPoolSize: 1,
    serverMonitoringMode: "poll",
    heartbeatFrequencyMS: 60_000,
    retryReads: false,
    ...loginOf(config),
    ...(isSecured(uri, tls) ? tlsOf(config) : {}),
  };
}

function loginOf({ username, password, authSource, authMechanism }: Config): MongoClientOptions {
  if (!username && authMechanism !== "MONGODB-X509") return {};
  // These two know users that the database does not keep itself.
  const isExternal = authMechanism === "MONGODB-X509" || authMechanism === "PLAIN";
  return {
    auth: { ...(username ? { username } : {}), ...(password === undefined ? {} : { password }) },
    authSource: isExternal ? "$external" : authSource,
    ...(authMechanism ? { authMechanism } : {}),
  };
}

function tlsOf({ tlsOptions: { verify, caPem, serverName }, certPem, keyPem }: Config): MongoClientOptions {
  return {
    tls: true,
    ...(verify ? {} : { tlsAllowInvalidCertificates: true }),
    ...(caPem ? { ca: caPem } : {}),
    ...(serverName ? { servername: serverName } : {}),
    ...(certPem ? { cert: certPem } : {}),
    ...(keyPem ? { key: keyPem } : {}),
  };
}
