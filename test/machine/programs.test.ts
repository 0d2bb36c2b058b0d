import { join } from 'node:path';
import { comparePrograms } from './differential.ts';

comparePrograms(join(import.meta.dirname, 'programs'));
