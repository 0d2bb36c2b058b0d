typedef struct Node Node;
struct Node {
    Node *next;
    unsigned kind : 3, mark : 1;
    union {
        long number;
        struct { char *text; short length; };
    };
    int tail[];
};
typedef int (*Visit)(Node *node, void *opaque);
struct packed { char tag; int value; } __attribute__((packed));
union word { char bytes[4]; float real; };

static Node first = { .kind = 2, .text = "one", .length = 3, .tail = { 7, 8 } };
static const Visit none[2];

int visit(Node *list, Visit visit)
{
    static int depth;
    struct packed p = { 'x', depth }, q = p;
    for (; list; list = list->next) {
        list->mark = 1;
        if (visit(list, &(union word){ .real = 1 }) < 0) {
            return q.value;
        }
    }
    return &list[2] - list;
}
