import { postOnce } from '../jobs/outbox.ts';
import type { Post } from '../jobs/outbox.ts';
import type { Workshop } from './context.ts';

/** A dry run records nothing: what was not said must not count as said later. */
export async function once<Body>(shop: Workshop, post: Post<Body>): Promise<string> {
  return shop.dryRun ? post.send(post.body) : postOnce(shop.database, post);
}
