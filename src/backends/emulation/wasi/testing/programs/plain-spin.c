/* An endless loop in a module that knows nothing of us. */
#include <stdio.h>

int main(void) {
	puts("spinning");
	for (volatile unsigned i = 0;; i++) {
	}
}
