/** A repository by the names that a webhook gave it. */
export interface RepositoryName {
  readonly owner: string;
  readonly name: string;
}

/**
 * Whether a name can be one of GitHub's: it becomes a part of addresses and must not lead elsewhere.
 * Owners have letters, digits and single hyphens (an underscore for managed users), repositories also dots.
 */
export function isRepositoryName({ owner, name }: RepositoryName): boolean {
  return (
    /^[A-Za-z0-9](?:[A-Za-z0-9_-]{0,99})$/u.test(owner) &&
    /^[A-Za-z0-9._-]{1,100}$/u.test(name) &&
    !/^\.{1,2}$|\.git$/iu.test(name)
  );
}

/** Whether a text is the id of a commit. */
export function isCommitId(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u.test(text);
}
