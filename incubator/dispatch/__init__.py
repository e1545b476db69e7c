"""What other machines are told: written down with what happened, sent afterwards, tried again, each once.

How a room speaks to machines of others:

1. In its `jobs.py` it says once how its kind of message is signed and who wants to hear what became of one:

       dispatch.speak(PostKind.HOOK, Voice(sign=…, heard=…, given_up=…, gone=…))

   `sign(message, is_new)` returns the headers for `message` (id, key, sender_id, url, body) just before it leaves, each
   time anew; None means that its sender is no more, and the message is dropped. The other three are called in the
   transaction in which the end of a message is noted; `gone` also where the machine answered 410.
2. In the transaction of what it tells it calls `dispatch.write([Draft(key, kind, sender_id, url, body), …])`: each key
   is written once, however often that is called. Afterwards the worker is woken; the clock sends what was not sent.
3. What must not be said any more is kept from leaving by `dispatch.take_back(kind, "beginning of the keys")`.

Sent messages and those given up stand in `Post` for a week, by `kind` and `sender_id`.
"""

from incubator.dispatch.operations import Draft as Draft
from incubator.dispatch.operations import reword as reword
from incubator.dispatch.operations import take_back as take_back
from incubator.dispatch.operations import take_back_all as take_back_all
from incubator.dispatch.operations import write as write
from incubator.dispatch.voices import Voice as Voice
from incubator.dispatch.voices import speak as speak
