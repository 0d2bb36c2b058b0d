enum color { RED, GREEN = 5, BLUE };
extern void use(long value, ...);
static int count;

int walk(const char *text, unsigned n)
{
    int sum = 0;
    for (unsigned i = 0; i < n; i++) {
        if (!text[i]) {
            break;
        }
        switch (text[i]) {
        case 'a' ... 'c':
            sum += text[i] - 'a';
            continue;
        case 'z':
            goto out;
        default:
            use(sum, text[i], 1.5f);
        }
    }
    do {
        count--;
    } while (count > 0 && sum ?: GREEN);
    asm volatile("" ::: "memory");
out:
    return ({ int twice = sum * 2; twice; });
}

int broken(void) { return missing; }
