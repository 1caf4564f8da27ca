// Asks the browser for a passkey, then sends the form with its answer. Codes from an app work without this module.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const known = (list = []) => list.map((one) => ({ ...one, id: bytes(one.id) }));

const ways = {
  async make(asked) {
    const user = { ...asked.user, id: bytes(asked.user.id) };
    const options = { ...asked, user, challenge: bytes(asked.challenge), excludeCredentials: known(asked.excludeCredentials) };
    const made = await navigator.credentials.create({ publicKey: options });
    const { clientDataJSON, attestationObject } = made.response;
    return answer(made, { clientDataJSON: text(clientDataJSON), attestationObject: text(attestationObject) });
  },
  async prove(asked) {
    const options = { ...asked, challenge: bytes(asked.challenge), allowCredentials: known(asked.allowCredentials) };
    const proof = await navigator.credentials.get({ publicKey: options });
    const { clientDataJSON, authenticatorData, signature, userHandle } = proof.response;
    return answer(proof, {
      clientDataJSON: text(clientDataJSON),
      authenticatorData: text(authenticatorData),
      signature: text(signature),
      userHandle: userHandle ? text(userHandle) : null,
    });
  },
};

const answer = (credential, response) =>
  JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });

async function send(event) {
  const form = event.target;
  event.preventDefault();
  event.stopPropagation();
  const status = form.querySelector("[data-passkey-status]");
  status.textContent = "Follow what your browser or phone asks.";
  try {
    const asked = await fetch(form.dataset.options, { method: "POST", body: new FormData(form) });
    if (!asked.ok || asked.redirected) throw new Error("This page is out of date. Reload it and try again.");
    form.elements.answer.value = await ways[form.dataset.passkey](await asked.json());
    form.submit();
  } catch (fault) {
    status.textContent = fault instanceof DOMException ? sentence(fault) : fault.message;
  }
}

function sentence(fault) {
  if (fault.name === "InvalidStateError") return "This device has a passkey for your account already.";
  if (fault.name === "SecurityError") return "Passkeys work only at the clinic’s proper address, not at a bare number.";
  return "No passkey was given. Try again, or use another way.";
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.hidden = !window.PublicKeyCredential;
  form.addEventListener("submit", send);
}
for (const note of document.querySelectorAll("[data-no-passkey]")) note.hidden = Boolean(window.PublicKeyCredential);
