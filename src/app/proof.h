/**
 * That it is the person who asks, and not who found a browser open or has its cookie: asked for before anything is made
 * or changed that opens the door.
 */
#ifndef APP_PROOF_H
#define APP_PROOF_H

#include "base/str.h"

struct app_proof {
	str password; /* the one that holds now */
	str cookie;   /* of a session that a one-time link opened: stands for the password */
};

#endif
