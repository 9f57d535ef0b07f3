// The one script another site needs; served as /noor.js.
import "/static/noor-chat/launcher.js";
