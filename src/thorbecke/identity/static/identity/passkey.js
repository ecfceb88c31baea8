// Lets a form marked with data-passkey ask the browser for a passkey, and then submits it with the answer.
"use strict";

(() => {
  const toBytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const toText = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

  const withBytes = (options) => {
    const each = (list) => (list || []).map((one) => ({ ...one, id: toBytes(one.id) }));
    const ready = { ...options, challenge: toBytes(options.challenge) };
    if (options.user) ready.user = { ...options.user, id: toBytes(options.user.id) };
    if (options.allowCredentials) ready.allowCredentials = each(options.allowCredentials);
    if (options.excludeCredentials) ready.excludeCredentials = each(options.excludeCredentials);
    return ready;
  };

  const asJson = (credential) => {
    const response = {};
    for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = toText(credential.response[name]);
    }
    return JSON.stringify({
      id: credential.id,
      rawId: toText(credential.rawId),
      type: credential.type,
      response,
      clientExtensionResults: credential.getClientExtensionResults(),
    });
  };

  const answer = async (form) => {
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const question = await fetch(form.dataset.question, { method: "POST", headers: { "X-CSRFToken": token } });
    if (!question.ok) throw new Error(String(question.status));
    const publicKey = withBytes(await question.json());
    const credential =
      form.dataset.passkey === "new"
        ? await navigator.credentials.create({ publicKey })
        : await navigator.credentials.get({ publicKey });
    form.querySelector("[name=credential]").value = asJson(credential);
    form.submit();
  };

  if (!window.PublicKeyCredential) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const problem = form.querySelector("[data-problem]");
      problem.hidden = true;
      answer(form).catch(() => {
        problem.hidden = false;
      });
    });
  }
})();
