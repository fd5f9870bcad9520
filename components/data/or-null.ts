import "server-only";

/** What is asked for, or null when there is nothing of that id, no such id can be, or who asks may not know. @throws every other error */
export async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (isRefused(error)) return null;
    throw error;
  }
}

/** Two copies of tRPC meet here, so errors are known by their code and not by their class. */
const isRefused = (error: unknown) =>
  typeof error === "object" &&
  error !== null &&
  "code" in error &&
  /^(NOT_FOUND|BAD_REQUEST|FORBIDDEN)$/.test(String(error.code));
