import { join } from "node:path";
import { expect, test } from "vitest";
import { describeWith } from "../../scripts/stores/describe-with";
import { createDatabase } from "./create-database";
import { parseDatabaseUrl, type ServerPlace } from "./database-place";
import { openMysql } from "./mysql";
import { openPostgres } from "./postgres";
import { createMysqlDatabase, createPostgresDatabase, migrationsRoot } from "./test-servers";

function placeOf(url: string): ServerPlace {
  const place = parseDatabaseUrl(url);
  if (place.kind === "sqlite") throw new Error("a server is wanted");
  return place;
}
function change(url: string, parts: Partial<Pick<URL, "username" | "password" | "pathname">>): string {
  return Object.assign(new URL(url), parts).href;
}

describeWith("postgres", (server) => {
  const asOther = async (work: (url: string) => Promise<void>) => {
    const admin = await createPostgresDatabase(server);
    await admin.run("create role unity_guest login password 'guest'");
    try {
      await work(change(admin.url, { username: "unity_guest", password: "guest" }));
    } finally {
      await admin.run("drop owned by unity_guest; drop role unity_guest");
      await admin.drop();
    }
  };

  test("a database that is missing is created with text as we want it, and once", async () => {
    const temporary = await createPostgresDatabase(server);
    await temporary.drop();
    const { url } = temporary;
    expect(await createDatabase(placeOf(url))).toBe(true);
    expect(await createDatabase(placeOf(url))).toBe(false);
    const connection = await openPostgres(url, { migrationsFolder: join(migrationsRoot, "postgres") });
    expect(await connection.engine.query("show server_encoding")).toEqual([["UTF8"]]);
    await connection.close();
    await temporary.drop();
  });

  test("who may not create it is told what an administrator runs", async () => {
    await asOther(async (url) => {
      await expect(createDatabase(placeOf(change(url, { pathname: "/unity-of-guest" })))).rejects.toThrow(
        /unity_guest may not create one\. As an administrator run: create database "unity-of-guest" .+;/,
      );
    });
  });

  test("who may not make tables in it is told so", async () => {
    await asOther(async (url) => {
      await expect(openPostgres(url, { migrationsFolder: join(migrationsRoot, "postgres") })).rejects.toThrow(
        /user unity_guest may not use database .+, or not make tables in it\. Grant/,
      );
    });
  });

  test("one that cannot hold every text is refused", async () => {
    const admin = await createPostgresDatabase(server);
    await admin.run("create database unity_latin encoding 'LATIN1' lc_collate 'C' lc_ctype 'C' template template0");
    const url = change(admin.url, { pathname: "/unity_latin" });
    const opening = openPostgres(url, { migrationsFolder: join(migrationsRoot, "postgres") });
    await expect(opening).rejects.toThrow(/keeps text as LATIN1/);
    await admin.run("drop database unity_latin with (force)");
    await admin.drop();
  });
});

describeWith("mysql", (server) => {
  test("a database that is missing is created, and once", async () => {
    const temporary = await createMysqlDatabase(server);
    await temporary.drop();
    expect(await createDatabase(placeOf(temporary.url))).toBe(true);
    expect(await createDatabase(placeOf(temporary.url))).toBe(false);
    const connection = await openMysql(temporary.url, { migrationsFolder: join(migrationsRoot, "mysql") });
    await connection.close();
    await temporary.drop();
  });

  test("who may not create it is told what an administrator runs", async () => {
    const admin = await createMysqlDatabase(server);
    await admin.run("create user 'unity_guest'@'%' identified by 'guest'");
    const url = change(admin.url, { username: "unity_guest", password: "guest", pathname: "/unity-of-guest" });
    const creating = createDatabase(placeOf(url)).finally(() => admin.run("drop user 'unity_guest'@'%'"));
    await expect(creating).rejects.toThrow(
      /unity_guest may not create one\. As an administrator run: create database if not exists `unity-of-guest` .+grant all/,
    );
    await admin.drop();
  });
});
