import type { Language } from '../language.js'

/**
 * The code is in letters of GSM 03.38, hence its words. The rest is not: Spanish without á, í, ó and ú is misspelt, so
 * these are short instead.
 */
export const TEXTS_ES: Language['texts'] = {
  otp: '{code} es su clave para {product}. Vale una sola vez, durante 5 minutos. No la comparta con nadie.',
  'login-alert':
    'Inicio de sesión en su cuenta de {product}: dispositivo nuevo o intentos fallidos. ¿No ha sido usted? Cambie ya su contraseña.',
  'session-revoked':
    'Una sesión de su cuenta de {product} se usó en dos lugares a la vez y la cerramos. ¿Algo extraño? Cambie ya su contraseña.',
  'sessions-ended':
    'Nuestro equipo ha cerrado sesiones de su cuenta de {product}. Inicie sesión para continuar.',
  'mfa-changed':
    'El segundo factor de su cuenta de {product} ha cambiado. ¿No ha sido usted? Cambie ya su contraseña.',
  'password-changed':
    'La contraseña de su cuenta de {product} ha cambiado. ¿No ha sido usted? Restablézcala ya al iniciar sesión.',
  'account-deletion':
    'Su cuenta de {product} se eliminará a petición suya. Para cancelar, inicie sesión. ¿No ha sido usted? Cambie su contraseña.',
  'account-kept': 'Se ha cancelado la eliminación de su cuenta de {product}. Todo sigue como estaba.',
  'account-deleted':
    'Su cuenta de {product} se ha eliminado, con todo lo que sabíamos de usted. Es nuestro último mensaje.',
  invitation: 'Su cuenta de {product} le espera. Elija una contraseña en 7 días: {link}',
  'number-registered':
    'Intento de registro en {product} con este número, que ya es de su cuenta. Si ha sido usted, inicie sesión como siempre.',
  'number-wanted':
    'Alguien quiso usar este número en otra cuenta de {product}. Pertenece a la suya: no se ha cambiado nada.',
  'email-changed': 'Su cuenta de {product} tiene un nuevo correo. ¿No ha sido usted? Deshágalo: {link}',
  'phone-changed': 'Su cuenta de {product} tiene otro teléfono. ¿No ha sido usted? Deshágalo: {link}',
  'profile-changed':
    'El perfil de su cuenta de {product} ha cambiado. ¿No ha sido usted? Cambie ya su contraseña.',
  'login-alerts-off':
    'Se han desactivado los avisos de acceso de su cuenta de {product}. ¿No ha sido usted? Cambie su contraseña y actívelos.',
  custom: '{product}: {text}',
  'product-news': '{product}: {text}',
}
